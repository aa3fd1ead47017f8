"""Common first names, by whom they are given to; used to tell people from bodies, and "he" from "she"."""

from __future__ import annotations

FEMALE = frozenset(
    (
        "ada agnes alice alison amanda amelia amy ana andrea angela anita ann anna anne annie antonia audrey barbara beatrice bernadette bernice beth betty bridget camilla carmen carol caroline catherine "
        "cecilia charlotte chloe christina christine clara claire claudia colette cristina cynthia daisy daphne deborah denise diana donna doreen doris dorothy edith eileen elaine eleanor elena elisa elisabeth elizabeth "
        "ella ellen elsa elsie emily emma erica esther eva eve evelyn fatima fiona flora florence frances freya gabriela gemma georgia geraldine gertrude gina gloria grace greta gwen hannah harriet hattie hazel heather heidi "
        "helen helena hilda ida imogen ines ingrid irene iris irma isabel isabella isla ivy jacqueline jane janet jasmine jean jennifer jenny jessica jill joan joanna jocelyn josephine joyce judith judy julia julie june karen kate katharine "
        "katherine kathleen katie kim kirsten lara laura lauren leila lena leonora leticia lily linda lisa lola lorraine louise lucia lucinda lucy lydia mabel madeleine maggie margaret maria marian marianne marie marina marion marjorie "
        "marta martha mary matilda maud maureen may megan mercedes michelle mildred millie mindy mirabel miriam moira molly monica muriel nadia nancy naomi natalia natalie natasha nell nicola nicole nina nora norma odile olga olive "
        "olivia ophelia pamela patricia paula pauline peggy penelope philippa phoebe polly priscilla prudence rachel rebecca renata rita roberta rosa rosalind rose rosemary rowena ruby ruth sabina sally samantha sandra sara sarah "
        "selma sharon sheila shirley sian silvia simone sofia sonia sophia sophie stella stephanie susan susie suzanne sybil sylvia tamara tara teresa tessa thelma theresa tina ursula valentina valerie vanessa vera veronica victoria viola "
        "violet virginia wendy wilhelmina winifred winnie yasmin yvonne zara zelda zoe marit halina ottilie imelda petra hanne"
    ).split()
)
MALE = frozenset(
    (
        "aaron abdul abel adam adrian ahmed alan albert alberto alejandro alex alexander alfonso alfred ali alistair ambrose anders andre andreas andrew angus anthony antonio antony archie arnold arthur barry bart basil ben benedikt benjamin bernard bill "
        "bob boris brandon brendan brian bruce bruno callum carl carlo carlos cedric charles charlie chris christian christopher clarence claude clement clive colin conor craig cyril damian dan daniel dario darren dave david davide dean dennis derek "
        "des desmond dick diego dieter dmitri dominic donald douglas duncan dylan eamon ed eddie edgar edmund eduardo edward edwin elias emil emilio emmanuel enrico eric erik ernest ethan eugene evan ezra felix ferdinand fernando florentino francesco francis franco "
        "frank franz fred frederick gabriel gareth gary gavin geoffrey george gerald gerard gilbert giles giovanni giuseppe glen gordon graham greg gregory guido gunther gustav guy hamish hans harold harry hassan hector henrik henry herbert herman "
        "howard hugh hugo humphrey ian ibrahim igor isaac ivan ivo jack jacob jacques jake james jamie jan jason javier jean-paul jeff jeffrey jeremy jerome jim jimmy joachim joao joe joel johan johannes john johnny jon jonas jonathan jorge jose joseph joshua "
        "juan jude julian julio julius jurgen karim karl keith ken kenneth kevin kurt kyle lance lars laurence lawrence leo leon leonard leroy leslie lewis liam lionel louis luca lucas luigi luis luka luke magnus malcolm manuel marc marcel marco marcus mario mark "
        "martin marvin mateo matthew maurice mauricio max maximilian michael miguel mike mikhail miles mohamed mohammed morgan moritz murray nathan ned neil nicholas nick nicolas nigel noah noel norman odo oleg oliver omar oscar osric otto owen pablo "
        "paolo patrick paul pedro percy peter phil philip pierre piers quentin ralph ramon raphael raul ray raymond rex ricardo richard rob robert roberto robin rodney roger roland rolf roman ronald rory ross roy rudolf rupert russell ryan salvador sam samir samuel santiago "
        "saul scott sean sebastian sergio seth sid simon stan stanley stefan stephen steve steven stewart stuart sven ted terence terry theo theodore thomas tim timothy toby tom tomas tommy tony trevor tristan umberto victor viktor vincent vladimir walter "
        "wilfred wilhelm will william wolfgang xabi xavier yusuf zinedine dorival kylian jasper festus bohdan cosmo corvin crispin"
    ).split()
)
FIRST_NAMES = FEMALE | MALE
